"""Requests for access (GDPR art. 15): everything this service holds of one address, given by two people together."""
