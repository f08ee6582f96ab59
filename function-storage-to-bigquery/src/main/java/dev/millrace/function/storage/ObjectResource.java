package dev.millrace.function.storage;

/**
 * What Cloud Storage knows about an object.
 *
 * @param json the resource {@code storage#object} of its JSON API, in UTF-8
 * @param finalised when the object was finished, in RFC 3339
 */
public record ObjectResource(byte[] json, String finalised) {}
