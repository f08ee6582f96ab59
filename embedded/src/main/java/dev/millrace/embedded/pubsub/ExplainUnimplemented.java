package dev.millrace.embedded.pubsub;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Gives every UNIMPLEMENTED answer a sentence that says what this server is. */
final class ExplainUnimplemented implements ServerInterceptor {
  private final TopicNames names;

  ExplainUnimplemented(TopicNames names) {
    this.names = names;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return next.startCall(
        new SimpleForwardingServerCall<Q, A>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            boolean unimplemented = status.getCode() == Status.Code.UNIMPLEMENTED;
            super.close(unimplemented ? explained(call) : status, trailers);
          }
        },
        headers);
  }

  private Status explained(ServerCall<?, ?> call) {
    return Status.UNIMPLEMENTED.withDescription(
        call.getMethodDescriptor().getFullMethodName()
            + " is not here. This is Millrace's local Pub/Sub endpoint: it takes messages for the"
            + " topic "
            + names.topicPath()
            + " (Publish, GetTopic, ListTopics, CreateTopic) and writes them in batches to a"
            + " folder, as a Cloud Storage subscription would. For the rest of Pub/Sub use the"
            + " Pub/Sub emulator or Pub/Sub itself.");
  }
}
