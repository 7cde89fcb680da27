"""Models for other places: TF Serving's SavedModel, the browser's bundle."""
