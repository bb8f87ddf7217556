"""What follows from agreements and clocks: routes, completion curves, readings, attainment, verdicts."""
