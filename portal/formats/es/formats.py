"""Spanish as it is written in the United States, Mexico and the Caribbean: 1,000 and 14.4, as on a pay stub."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
