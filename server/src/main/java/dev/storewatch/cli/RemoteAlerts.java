package dev.storewatch.cli;

import dev.storewatch.alert.ChannelBody;
import dev.storewatch.alert.ChannelChange;
import dev.storewatch.alert.ChannelView;
import dev.storewatch.alert.DeliveryView;
import dev.storewatch.alert.KindView;
import dev.storewatch.http.Encoded;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The channels and messages of a server, over its HTTP interface. */
final class RemoteAlerts implements AlertDesk {
  private static final String CHANNELS = "/api/v1/channels";
  private static final String DELIVERIES = "/api/v1/deliveries";

  private final RemoteAccess.Channel server;
  private final JsonMapper json;

  /**
   * The channels of a server.
   *
   * @param json what reads and writes the names of fields as the interface has them
   */
  RemoteAlerts(RemoteAccess.Channel server, JsonMapper json) {
    this.server = server;
    this.json = json;
  }

  private <T> List<T> all(String path, String field, Class<T> type) throws IOException {
    return server
        .send("GET", path, null)
        .path(field)
        .valueStream()
        .map(each -> json.treeToValue(each, type))
        .toList();
  }

  @Override
  public List<KindView> kinds() throws IOException {
    return all("/api/v1/channel-kinds", "kinds", KindView.class);
  }

  @Override
  public List<ChannelView> channels() throws IOException {
    return all(CHANNELS, "channels", ChannelView.class);
  }

  @Override
  public ChannelView add(ChannelBody body) throws IOException {
    return channel(server.send("POST", CHANNELS, json.writeValueAsString(body)));
  }

  @Override
  public ChannelView change(String id, ChannelChange change) throws IOException {
    return channel(server.send("PATCH", path(CHANNELS, id), json.writeValueAsString(change)));
  }

  private ChannelView channel(JsonNode channel) {
    return json.treeToValue(channel, ChannelView.class);
  }

  private static String path(String collection, String id) {
    return collection + "/" + Encoded.value(id);
  }

  @Override
  public void delete(String id) throws IOException {
    var _ = server.send("DELETE", path(CHANNELS, id), null);
  }

  @Override
  public DeliveryView test(String id) throws IOException {
    return delivery(server.send("POST", path(CHANNELS, id) + "/test", null));
  }

  @Override
  public boolean isSending() {
    return true;
  }

  @Override
  public List<DeliveryView> deliveries(
      int limit, @Nullable String channelId, @Nullable String state) throws IOException {
    StringBuilder query = new StringBuilder(DELIVERIES).append("?limit=").append(limit);
    if (channelId != null) {
      query.append("&channel=").append(Encoded.value(channelId));
    }
    if (state != null) {
      query.append("&state=").append(Encoded.value(state));
    }
    return all(query.toString(), "deliveries", DeliveryView.class);
  }

  @Override
  public DeliveryView delivery(String id) throws IOException {
    return delivery(server.send("GET", path(DELIVERIES, id), null));
  }

  private DeliveryView delivery(JsonNode delivery) {
    return json.treeToValue(delivery, DeliveryView.class);
  }

  @Override
  public DeliveryView resend(String id) throws IOException {
    return delivery(server.send("POST", path(DELIVERIES, id) + "/resend", null));
  }

  @Override
  public int resendAll(String channelId) throws IOException {
    return server.send("POST", path(CHANNELS, channelId) + "/resend", null).path("resent").asInt();
  }
}
