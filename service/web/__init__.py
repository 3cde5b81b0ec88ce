"""The pages: Dutch, server-rendered, readable without JavaScript."""
