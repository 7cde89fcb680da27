"""A registry of models that are loaded already."""


def registry_of(*servables):
    """Serves them under their own names."""
    from keras_s2s.serving.registry import Registry
    from keras_s2s.serving.served_model import ServedModel

    models = {servable.name: ServedModel(servable.name) for servable in servables}
    registry = Registry()
    for model in models.values():
        registry.add_model(model)
    for servable in servables:
        models[servable.name].add(servable)
    return registry
