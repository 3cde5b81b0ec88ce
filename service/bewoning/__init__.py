"""Who is registered at a door today, counted only: the Haal Centraal BRP Bewoning API, asked on the day itself."""
