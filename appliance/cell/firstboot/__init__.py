"""What the very first guest runs: a disk made by this project, so that it needs no download."""
