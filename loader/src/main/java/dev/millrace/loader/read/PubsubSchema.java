package dev.millrace.loader.read;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** The two record schemas that a Cloud Storage subscription writes, and no other. */
enum PubsubSchema {
  PLAIN(
      """
      {"type": "record", "namespace": "com.google.pubsub", "name": "PubsubMessage", "fields": [
        {"name": "data", "type": "bytes"}]}
      """),
  WITH_METADATA(
      """
      {"type": "record", "namespace": "com.google.pubsub", "name": "PubsubMessageWithMetadata",
       "fields": [
        {"name": "subscription_name", "type": "string"},
        {"name": "message_id", "type": "string"},
        {"name": "publish_time", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "attributes", "type": {"type": "map", "values": "string"}},
        {"name": "data", "type": "bytes"}]}
      """);

  private final String form;

  PubsubSchema(String json) {
    this.form = SchemaNormalization.toParsingForm(new Schema.Parser().parse(json));
  }

  /**
   * Which of the two it is; documentation and aliases in it don't matter.
   *
   * @throws LoadException {@link LoadError#OBJECT_WRONG_SCHEMA} if it is another
   */
  static PubsubSchema of(Schema written) throws LoadException {
    String form = SchemaNormalization.toParsingForm(written);
    for (PubsubSchema schema : values()) {
      if (schema.form.equals(form) && schema.hasItsTimes(written)) {
        return schema;
      }
    }
    throw new LoadException(
        LoadError.OBJECT_WRONG_SCHEMA,
        "the Avro schema is "
            + written.getType().getName()
            + " "
            + written.getFullName()
            + ", neither of the two that a Cloud Storage subscription writes (PubsubMessage,"
            + " PubsubMessageWithMetadata); set use_topic_schema to false on the subscription");
  }

  private boolean hasItsTimes(Schema written) {
    if (this == PLAIN) {
      return true;
    }
    LogicalType type = written.getField("publish_time").schema().getLogicalType();
    return type instanceof LogicalTypes.TimestampMicros;
  }
}
