package dev.storewatch.alert;

import dev.storewatch.setting.BadSetting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The secrets of channels, encrypted for the database. */
final class SecretBox {
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private final SecretKeys keys;

  SecretBox(SecretKeys keys) {
    this.keys = keys;
  }

  /** Returns the secrets of a channel, encrypted with the key in use; null if there are none. */
  @Nullable String seal(String channelId, Map<String, String> secrets) {
    return secrets.isEmpty()
        ? null
        : keys.inUse().seal(JSON.writeValueAsString(secrets), place(channelId));
  }

  /**
   * Returns the secrets of a channel.
   *
   * @throws BadSetting if no key opens them
   */
  Map<String, String> open(KeptChannel channel) {
    if (channel.sealed() == null) {
      return Map.of();
    }
    return find(channel.id(), channel.sealed()).orElseThrow(() -> unreadable(List.of(channel)));
  }

  private Optional<Map<String, String>> find(String channelId, String sealed) {
    return keys.all().stream()
        .flatMap(key -> key.open(sealed, place(channelId)).stream())
        .findFirst()
        .map(text -> JSON.readValue(text, TEXTS));
  }

  /** Returns whether some key opens the secrets of a channel. */
  boolean opens(KeptChannel channel) {
    return channel.sealed() == null || find(channel.id(), channel.sealed()).isPresent();
  }

  /** Returns whether the secrets of a channel are encrypted with another key than that in use. */
  boolean isOld(KeptChannel channel) {
    return channel.sealed() != null && !SecretKey.idOf(channel.sealed()).equals(keys.inUse().id());
  }

  /** Returns the failure of channels whose secrets no key opens. */
  BadSetting unreadable(List<KeptChannel> channels) {
    String names = channels.stream().map(KeptChannel::name).collect(Collectors.joining(", "));
    Set<String> ids = new TreeSet<>();
    for (KeptChannel channel : channels) {
      if (channel.sealed() != null) {
        ids.add(SecretKey.idOf(channel.sealed()));
      }
    }
    return new BadSetting(
        "the secrets of the channels %s cannot be read: %s; or, if it is lost, stop the server, and give those channels up with `storewatch alerts channels delete`"
            .formatted(names, keys.howToOpen(String.join(", ", ids))),
        null);
  }

  private static String place(String channelId) {
    return "alert_channel:" + channelId;
  }
}
