"""How numbers are written, by language, where that is not what Django takes for usual."""
