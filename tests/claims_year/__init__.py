"""The invented year of claims: its data, its story and its charts."""
