package dev.storewatch.channel;

import dev.storewatch.input.WrongInput;
import dev.storewatch.outgoing.Outgoing;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;

/** The kinds of channels that there are. A new one is one class more, and one line here. */
public final class ChannelKinds {
  private final List<ChannelKind> all;

  /** The kinds that reach their receivers by some requests. */
  public ChannelKinds(Outgoing outgoing) {
    this(new HttpReceiver(outgoing), outgoing::resolve);
  }

  private ChannelKinds(HttpReceiver receiver, GuardedSockets.Lookup lookup) {
    this(
        List.of(
            new WebhookChannel(receiver),
            new SlackChannel(receiver),
            new TeamsChannel(receiver),
            new EmailChannel(lookup),
            new PagerDutyChannel(receiver),
            new NtfyChannel(receiver),
            new AlertmanagerChannel(receiver)));
  }

  /** The kinds for who enters channels, and sends nothing to them. */
  public static ChannelKinds withoutSending() {
    return new ChannelKinds(
        HttpReceiver.none(),
        host -> {
          throw new UnknownHostException(host);
        });
  }

  /** Some kinds, given one by one. */
  public ChannelKinds(List<ChannelKind> all) {
    this.all = List.copyOf(all);
  }

  /** Returns all of them. */
  public List<ChannelKind> all() {
    return all;
  }

  /**
   * Returns the kind of a name.
   *
   * @throws WrongInput if there is none
   */
  public ChannelKind of(String name) {
    return all.stream()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongInput(
                    "there is no kind of channel '%s': use %s"
                        .formatted(
                            name,
                            all.stream()
                                .map(ChannelKind::name)
                                .collect(Collectors.joining(", ")))));
  }
}
