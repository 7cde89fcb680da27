"""`python -m keras_s2s`."""

from keras_s2s.cli import main

main()
