package dev.millrace.cli.preview;

import dev.millrace.cli.files.Spot;
import dev.millrace.normalizer.BadEvent;

/**
 * A bad event of a file, without its bytes.
 *
 * @param file which file of the preview, from 0
 * @param eventIndex which value of the message or text, from 0; below 0 if that is not known
 * @param partial whether it is a row of an event that would load
 * @param table that row's; else null
 */
record SeenBad(
    int file,
    Spot spot,
    long eventIndex,
    String reason,
    String detail,
    boolean partial,
    String table) {
  static SeenBad of(int file, BadEvent event) {
    return new SeenBad(
        file,
        new Spot(event.origin().messageNumber(), event.byteOffset()),
        event.index(),
        event.reason().code(),
        event.detail(),
        event.partial(),
        event.table());
  }
}
