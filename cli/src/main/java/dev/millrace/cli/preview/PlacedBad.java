package dev.millrace.cli.preview;

import dev.millrace.cli.files.Place;

/** A bad event and where it stands. */
record PlacedBad(SeenBad event, Place place) {}
