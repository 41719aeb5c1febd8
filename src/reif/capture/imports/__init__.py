"""Files of people from elsewhere: read, understood, checked, taken over, and taken back."""
