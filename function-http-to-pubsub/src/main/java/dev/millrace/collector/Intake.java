package dev.millrace.collector;

import dev.millrace.collector.http.BodyReader;
import dev.millrace.collector.http.Refusal;
import dev.millrace.collector.http.RefusedException;
import dev.millrace.collector.http.Request;
import java.io.IOException;

/** Reads the bodies of requests, as far as there is memory for them and their events. */
final class Intake {
  /** The body, its events as they go out, and what carries them. */
  private static final int COPIES = 3;

  private static final int OVERHEAD_BYTES = 16 << 10;

  private final Admission admission;
  private final BodyReader reader;
  private final int maxBodyBytes;

  Intake(Admission admission, BodyReader reader, int maxBodyBytes) {
    this.admission = admission;
    this.reader = reader;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** A body, which holds memory until it is closed and its events are settled. */
  static final class Body implements AutoCloseable {
    private final byte[] bytes;
    private final Admission.Place place;
    private Delivery holder;

    private Body(byte[] bytes, Admission.Place place) {
      this.bytes = bytes;
      this.place = place;
    }

    byte[] bytes() {
      return bytes;
    }

    /** Google's client may hold messages for longer than the request waits for them. */
    void heldUntil(Delivery delivery) {
      holder = delivery;
    }

    @Override
    public void close() {
      if (holder == null) {
        place.giveBack();
      } else {
        holder.whenSettled(place::giveBack);
      }
    }
  }

  Body read(Request request) throws IOException, RefusedException {
    Admission.Place place =
        admission
            .admit((long) COPIES * mostBytes(request) + OVERHEAD_BYTES)
            .orElseThrow(() -> new RefusedException(Refusal.OVERLOADED));
    boolean read = false;
    try {
      Body body = new Body(reader.read(request.body(), isEncoded(request), maxBodyBytes), place);
      read = true;
      return body;
    } finally {
      if (!read) {
        place.giveBack();
      }
    }
  }

  private static boolean isEncoded(Request request) {
    return request.header("Content-Encoding").isPresent();
  }

  /** What the body may have unpacked. */
  private int mostBytes(Request request) {
    String length = request.header("Content-Length").orElse("");
    if (isEncoded(request) || !length.matches("[0-9]{1,9}")) {
      return maxBodyBytes;
    }
    return Math.min(maxBodyBytes, Integer.parseInt(length));
  }
}
