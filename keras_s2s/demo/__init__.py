"""The Gradio demo: type, translate, see the attention.

    app.py      the page and its API endpoint    launch.py     loads models and starts the page
    answer.py   a translation as HTML and JSON   heat_map.py   the attention as an HTML table
    style.css   how it looks

Importing this package loads neither Gradio nor TensorFlow.
"""
