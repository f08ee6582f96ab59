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

  /** Of the events as they go out, for what carries them. */
  private static final int OUT_COPIES = 2;

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
    private long outBytes;
    private Delivery holder;

    private Body(byte[] bytes, Admission.Place place) {
      this.bytes = bytes;
      this.place = place;
    }

    byte[] bytes() {
      return bytes;
    }

    /**
     * Another event goes out, which may be far larger than it was here: the envelope's context is
     * put into each.
     *
     * @throws RefusedException if there is no memory for it
     */
    void alsoHolds(int moreBytes) throws RefusedException {
      outBytes += moreBytes;
      if (!place.extendTo(OVERHEAD_BYTES + bytes.length + OUT_COPIES * outBytes)) {
        throw new RefusedException(Refusal.OVERLOADED);
      }
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
        admission.admit(OVERHEAD_BYTES).orElseThrow(() -> new RefusedException(Refusal.OVERLOADED));
    BodyReader.Room room = bytes -> place.growTo(OVERHEAD_BYTES + (long) COPIES * bytes);
    boolean read = false;
    try {
      byte[] bytes =
          reader.read(
              request.body(),
              request.header("Content-Encoding").isPresent(),
              new BodyReader.Limit(maxBodyBytes, room));
      read = true;
      return new Body(bytes, place);
    } finally {
      if (!read) {
        place.giveBack();
      }
    }
  }
}
