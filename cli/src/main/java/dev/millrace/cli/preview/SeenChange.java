package dev.millrace.cli.preview;

import dev.millrace.cli.files.Spot;
import dev.millrace.normalizer.EventPlace;

/**
 * Where the first event stands that needs a change.
 *
 * @param file which file of the preview, from 0
 * @param eventIndex which value of the message or text, from 0
 */
record SeenChange(int file, Spot spot, long eventIndex) {
  static SeenChange of(int file, EventPlace place) {
    return new SeenChange(
        file, new Spot(place.origin().messageNumber(), place.byteOffset()), place.index());
  }
}
