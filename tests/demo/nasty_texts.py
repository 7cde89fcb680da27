"""Sentences that a page must survive."""

NASTY = {
    "script": "<script>alert(1)</script>",
    "image": '<img src=x onerror="alert(1)"> & ${1+1} {{x}}',
    "right to left": "שלום مرحبا \N{RIGHT-TO-LEFT OVERRIDE}abc",
    "emoji families": "👨‍👩‍👧‍👦 🏳️‍🌈 👍🏽 \N{ZERO WIDTH JOINER}",
    "300 tokens": "the cat sat on " * 20,
}
