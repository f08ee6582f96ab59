package dev.millrace.cli.preview;

/**
 * A file that was read.
 *
 * @param name what the person called it
 * @param format {@code text}, {@code gzip} or {@code avro}
 * @param bytes its size
 */
record FileRead(String name, String format, long bytes) {}
