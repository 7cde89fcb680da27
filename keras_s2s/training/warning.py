"""How a run says that something may be wrong."""


def warn(console, text):
    """Prints `text`, which may be anyone's, as a warning on a rich console."""
    console.print(f"Warning: {text}", style="yellow", highlight=False, markup=False, soft_wrap=True)
