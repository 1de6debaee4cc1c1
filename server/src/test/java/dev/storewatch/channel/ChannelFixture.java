package dev.storewatch.channel;

import dev.storewatch.outgoing.Outgoing;
import dev.storewatch.outgoing.OutgoingSettings;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A receiver on this machine, and requests that may reach it. */
abstract class ChannelFixture {
  static final JsonMapper JSON = new JsonMapper();

  Receiver receiver;
  Outgoing outgoing;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
    outgoing = new Outgoing(OutgoingSettings.allowing("127.0.0.1"));
  }

  @AfterEach
  void close() {
    outgoing.close();
    receiver.close();
  }

  /** Returns the body of the only request that came. */
  JsonNode sent() {
    return JSON.readTree(receiver.one().body());
  }

  /** Returns settings without secrets. */
  static ChannelSettings open(Map<String, String> settings) {
    return new ChannelSettings(settings, Map.of());
  }

  /** Returns settings that are secrets alone. */
  static ChannelSettings secret(Map<String, String> secrets) {
    return new ChannelSettings(Map.of(), secrets);
  }
}
