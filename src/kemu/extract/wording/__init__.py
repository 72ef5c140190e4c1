"""What is printed beside the amounts, as rules of wording, periods and completeness need it."""
