"""Who lives where today: the Haal Centraal BRP Bewoning API as a client, and what it means for a round."""
