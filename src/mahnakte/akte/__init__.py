"""Die digitale Akte fuer die Uebergabe."""
