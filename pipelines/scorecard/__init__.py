"""How good is it? Scores of the extractor and of the warehouse against labelled text; `gazette score` prints them."""
