"""The command line: where the parts of the studio are put together and started."""
