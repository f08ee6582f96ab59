package dev.millrace.publisher.batching;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Events that travel together, and a promise for each. Not thread-safe while it is filled. */
public final class EventBatch {
  private final Map<String, String> attributes;
  private final List<byte[]> payloads = new ArrayList<>();
  private final List<CompletableFuture<String>> answers = new ArrayList<>();
  private long bytes;

  EventBatch(Map<String, String> attributes) {
    this.attributes = attributes;
  }

  CompletableFuture<String> add(byte[] payload) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    add(payload, answer);
    return answer;
  }

  private void add(byte[] payload, CompletableFuture<String> answer) {
    payloads.add(payload);
    answers.add(answer);
    bytes += payload.length;
  }

  /** The same events in two batches, to find out which of them is at fault. */
  public List<EventBatch> halves() {
    List<EventBatch> halves = List.of(new EventBatch(attributes), new EventBatch(attributes));
    for (int i = 0; i < size(); i++) {
      halves.get(i < size() / 2 ? 0 : 1).add(payloads.get(i), answers.get(i));
    }
    return halves;
  }

  /** Those of each of its events. */
  public Map<String, String> attributes() {
    return attributes;
  }

  /** In the order in which they came. */
  public List<byte[]> payloads() {
    return payloads;
  }

  /** Number of events. */
  public int size() {
    return payloads.size();
  }

  long bytes() {
    return bytes;
  }

  /** The broker has the event of this index. */
  public void delivered(int index, String brokerId) {
    answers.get(index).complete(brokerId);
  }

  /** The broker has every event. */
  public void delivered(String brokerId) {
    answers.forEach(answer -> answer.complete(brokerId));
  }

  /** The event of this index is given up. */
  public void failed(int index, Throwable failure) {
    answers.get(index).completeExceptionally(failure);
  }

  /** Every event that isn't settled yet is given up. */
  public void failed(Throwable failure) {
    answers.forEach(answer -> answer.completeExceptionally(failure));
  }
}
