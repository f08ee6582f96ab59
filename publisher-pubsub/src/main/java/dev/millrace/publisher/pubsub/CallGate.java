package dev.millrace.publisher.pubsub;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends a client's calls when it is closed. Google's client has no way to give up: it would go on
 * retrying, and might still deliver what was reported as dropped or left to the spool.
 */
final class CallGate implements ClientInterceptor {
  private final Set<ClientCall<?, ?>> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        underWay.add(this);
        super.start(
            new SimpleForwardingClientCallListener<>(listener) {
              @Override
              public void onClose(Status status, Metadata trailers) {
                underWay.remove(thisCall());
                super.onClose(closed ? ended(status) : status, trailers);
              }
            },
            headers);
        if (closed) {
          cancel("the transport is closed", null);
        }
      }

      private ClientCall<Q, A> thisCall() {
        return this;
      }
    };
  }

  /** Not one of the statuses that Google's client tries again. */
  private static Status ended(Status status) {
    return status.isOk() ? status : Status.FAILED_PRECONDITION.withDescription("closed");
  }

  /** Ends the calls that are under way; later ones end at once. */
  void close() {
    closed = true;
    underWay.forEach(call -> call.cancel("the transport is closed", null));
  }
}
