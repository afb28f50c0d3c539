"""How the till looks: tokens -> frozen Theme -> QSS, palette, fonts, icons."""
