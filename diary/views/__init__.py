"""The browser's door: translate, call one service, commit once, translate back."""
