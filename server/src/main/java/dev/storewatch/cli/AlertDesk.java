package dev.storewatch.cli;

import dev.storewatch.alert.ChannelBody;
import dev.storewatch.alert.ChannelChange;
import dev.storewatch.alert.ChannelView;
import dev.storewatch.alert.DeliveryView;
import dev.storewatch.alert.KindView;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the commands change channels and see messages: in the data folder, or its server. */
interface AlertDesk {
  /** There is nothing of a name or an id. */
  final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unknown(String what, String id) {
      super("there is no %s '%s'".formatted(what, id));
    }
  }

  /** Returns the kinds of channels. */
  List<KindView> kinds() throws IOException;

  /** Returns all channels. */
  List<ChannelView> channels() throws IOException;

  /**
   * Returns the channel of a name or an id.
   *
   * @throws Unknown if there is none
   */
  default ChannelView channel(String nameOrId) throws IOException {
    return channels().stream()
        .filter(each -> each.name().equals(nameOrId) || each.id().equals(nameOrId))
        .findFirst()
        .orElseThrow(() -> new Unknown("channel", nameOrId));
  }

  /** Enters a channel. */
  ChannelView add(ChannelBody body) throws IOException;

  /** Changes a channel. */
  ChannelView change(String id, ChannelChange change) throws IOException;

  /** Deletes a channel. */
  void delete(String id) throws IOException;

  /** Queues a message that says that nothing happened. */
  DeliveryView test(String id) throws IOException;

  /** Returns whether what is queued is sent at once, because a server runs. */
  boolean isSending();

  /**
   * Returns the newest messages.
   *
   * @param channelId only those to a channel; null for all
   * @param state only those in a state; null for all
   */
  List<DeliveryView> deliveries(int limit, @Nullable String channelId, @Nullable String state)
      throws IOException;

  /** Returns a message. */
  DeliveryView delivery(String id) throws IOException;

  /** Queues a message again. */
  DeliveryView resend(String id) throws IOException;

  /** Queues all dead messages of a channel again; returns how many there were. */
  int resendAll(String channelId) throws IOException;
}
