def test_export(command, tiny_directory, tmp_path):
    given = ["export", tiny_directory, "--saved-model", tmp_path / "serving", "--name", "toy"]
    ended = command(*given)
    assert (ended.status, ended.lines) == (0, [str(tmp_path / "serving" / "toy" / "1")])
    for part in ("docker run", "MODEL_NAME=toy", f"keras-s2s serve {tmp_path / 'serving' / 'toy'}", "toy:predict",
                 "the cat"):
        assert part in ended.error
    assert (tmp_path / "serving" / "toy" / "1" / "saved_model.pb").exists()
