"""The API's resources, a module each."""
