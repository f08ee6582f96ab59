package dev.millrace.embedded.pubsub;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;

/** Counts what goes through and takes the two checksums that Cloud Storage keeps of an object. */
final class DigestingOutputStream extends FilterOutputStream {
  private final MessageDigest md5;
  private final CRC32C crc32c = new CRC32C();
  private long bytes;

  DigestingOutputStream(OutputStream out) {
    super(out);
    try {
      md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    out.write(buffer, offset, length);
    md5.update(buffer, offset, length);
    crc32c.update(buffer, offset, length);
    bytes += length;
  }

  long bytes() {
    return bytes;
  }

  /** To be asked once, at the end. */
  String md5() {
    return Base64.getEncoder().encodeToString(md5.digest());
  }

  String crc32c() {
    byte[] bigEndian = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc32c.getValue()).array();
    return Base64.getEncoder().encodeToString(bigEndian);
  }
}
