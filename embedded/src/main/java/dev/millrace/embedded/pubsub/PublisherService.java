package dev.millrace.embedded.pubsub;

import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.ListTopicsResponse;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Topic;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The Publisher API over one topic. A publish blocks its thread until it is in a journal. Methods
 * that are not here answer UNIMPLEMENTED.
 */
final class PublisherService extends PublisherGrpc.PublisherImplBase {
  private static final System.Logger LOG = System.getLogger(PublisherService.class.getName());

  private final EndpointSettings settings;
  private final Batcher batcher;
  private final MessageIds ids;
  private final Clock clock;
  private final EndpointListener listener;

  PublisherService(
      EndpointSettings settings,
      Batcher batcher,
      MessageIds ids,
      Clock clock,
      EndpointListener listener) {
    this.settings = settings;
    this.batcher = batcher;
    this.ids = ids;
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  public void publish(PublishRequest request, StreamObserver<PublishResponse> answer) {
    if (!isServed(request.getTopic())) {
      fail(answer, notServed(request.getTopic()));
      return;
    }
    Optional<String> broken = PublishLimits.broken(request);
    if (broken.isPresent()) {
      fail(answer, Status.INVALID_ARGUMENT.withDescription(broken.get()));
      return;
    }
    PublishResponse response;
    try {
      response = keep(request);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "A publish was refused: {0}", e.getMessage());
      fail(answer, Unwritten.statusOf(e));
      return;
    }
    listener.acknowledged(request.getMessagesCount());
    succeed(answer, response);
  }

  private PublishResponse keep(PublishRequest request) throws IOException {
    long firstId = ids.take(request.getMessagesCount());
    long publishMicros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    long objectBytes = 0;
    for (PubsubMessage each : request.getMessagesList()) {
      objectBytes += settings.format().bytesOf(each);
    }
    batcher.add(
        new Publish(
            JournalRecord.ofRequest(firstId, publishMicros, request),
            request.getMessagesCount(),
            objectBytes));
    PublishResponse.Builder response = PublishResponse.newBuilder();
    for (int i = 0; i < request.getMessagesCount(); i++) {
      response.addMessageIds(Long.toString(firstId + i));
    }
    return response.build();
  }

  @Override
  public void getTopic(GetTopicRequest request, StreamObserver<Topic> answer) {
    if (isServed(request.getTopic())) {
      succeed(answer, served());
    } else {
      fail(answer, notServed(request.getTopic()));
    }
  }

  @Override
  public void listTopics(ListTopicsRequest request, StreamObserver<ListTopicsResponse> answer) {
    ListTopicsResponse.Builder response = ListTopicsResponse.newBuilder();
    if (request.getProject().equals("projects/" + settings.names().project())) {
      response.addTopics(served());
    }
    succeed(answer, response.build());
  }

  @Override
  public void createTopic(Topic request, StreamObserver<Topic> answer) {
    if (isServed(request.getName())) {
      fail(
          answer,
          Status.ALREADY_EXISTS.withDescription(
              "The topic " + request.getName() + " is there: this Millrace pipeline serves it."));
    } else {
      fail(
          answer,
          Status.FAILED_PRECONDITION.withDescription(
              "Topics can't be created here. " + notServed(request.getName()).getDescription()));
    }
  }

  private boolean isServed(String topic) {
    return topic.equals(settings.names().topicPath());
  }

  private Topic served() {
    return Topic.newBuilder().setName(settings.names().topicPath()).build();
  }

  private Status notServed(String topic) {
    return Status.NOT_FOUND.withDescription(
        "This Millrace pipeline serves the topic "
            + settings.names().topicPath()
            + " alone, not '"
            + topic
            + "'. Publish to that one, or start the pipeline with --project and --topic for yours.");
  }

  private static <T> void succeed(StreamObserver<T> answer, T value) {
    answer.onNext(value);
    answer.onCompleted();
  }

  private static void fail(StreamObserver<?> answer, Status status) {
    answer.onError(status.asRuntimeException());
  }
}
