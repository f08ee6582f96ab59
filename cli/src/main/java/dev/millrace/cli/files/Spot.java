package dev.millrace.cli.files;

/**
 * Where an event stands in a file, as the normaliser counts.
 *
 * @param messageNumber which message of an Avro batch, from 0; 0 in text
 * @param byteOffset in the message, or in the text, unpacked where it is packed
 */
public record Spot(long messageNumber, long byteOffset) {}
