package dev.millrace.normalizer.types;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Base64;

/** What a binary column makes of values: base64, in quotes; null where it does not take one. */
final class Binary {
  private Binary() {}

  static String of(RawValue value) {
    byte[] bytes =
        switch (value.kind()) {
          case INT -> littleEndian(new BigInteger(value.text()));
          case STRING ->
              value.text().startsWith("0x") ? fromHex(value.text()) : fromBase64(value.text());
          case BOOL, FLOAT, JSON -> null;
        };
    return bytes == null ? null : '"' + Base64.getEncoder().encodeToString(bytes) + '"';
  }

  private static byte[] littleEndian(BigInteger integer) {
    if (integer.signum() < 0) {
      return null;
    }
    byte[] bytes = new byte[(integer.bitLength() + 7) / 8];
    byte[] bigEndian = integer.toByteArray();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bigEndian[bigEndian.length - 1 - i];
    }
    return bytes;
  }

  /** Python's {@code bytes.fromhex} of what follows the {@code 0x}: white space between bytes. */
  private static byte[] fromHex(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() / 2);
    for (int at = 2; at < text.length(); at++) {
      char character = text.charAt(at);
      if (character == ' ' || character >= '\t' && character <= '\r') {
        continue;
      }
      int high = hexDigit(character);
      int low = at + 1 < text.length() ? hexDigit(text.charAt(++at)) : -1;
      if (high < 0 || low < 0) {
        return null;
      }
      bytes.write(high << 4 | low);
    }
    return bytes.toByteArray();
  }

  private static int hexDigit(char character) {
    return character < 0x80 ? Character.digit(character, 16) : -1;
  }

  /** Strict, as Python with {@code validate=True}: alphabet, padding, whole groups of four. */
  private static byte[] fromBase64(String text) {
    if (text.length() % 4 != 0) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
