"""The parts of `bulk_translate.py`."""
