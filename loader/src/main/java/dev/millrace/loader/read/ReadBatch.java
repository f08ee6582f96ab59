package dev.millrace.loader.read;

/**
 * What was read.
 *
 * @param format of the object
 * @param bytes of the object as it lies in the landing place, as far as it was read
 */
public record ReadBatch(BatchFormat format, long bytes) {}
