package dev.storewatch.cli;

import dev.storewatch.alert.ChannelBody;
import dev.storewatch.alert.ChannelBook;
import dev.storewatch.alert.ChannelChange;
import dev.storewatch.alert.ChannelView;
import dev.storewatch.alert.Deliveries;
import dev.storewatch.alert.Delivery;
import dev.storewatch.alert.DeliveryView;
import dev.storewatch.alert.KindView;
import dev.storewatch.alert.SecretKeys;
import dev.storewatch.audit.AuditNote;
import dev.storewatch.audit.AuditTrail;
import dev.storewatch.channel.ChannelKinds;
import dev.storewatch.database.Database;
import dev.storewatch.input.WrongInput;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The channels and messages of a database that this process has open, and sends nothing of. */
final class LocalAlerts implements AlertDesk {
  private final Database database;
  private final Clock clock;
  private final Deliveries deliveries;
  private final ChannelBook book;

  LocalAlerts(Database database, Clock clock, Deliveries deliveries, SecretKeys keys) {
    this.database = database;
    this.clock = clock;
    this.deliveries = deliveries;
    this.book = new ChannelBook(database, clock, deliveries, ChannelKinds.withoutSending(), keys);
  }

  private <T> T audited(
      String action, @Nullable String target, Supplier<T> change, Function<T, String> name) {
    AuditTrail trail = AuditTrail.open(database);
    long entry = trail.begin(LocalAccess.caller(), clock.instant(), action, target);
    try {
      T changed = change.get();
      trail.end(entry, AuditNote.of(name.apply(changed)), "done");
      return changed;
    } catch (WrongInput
        | ChannelBook.Unknown
        | ChannelBook.Taken
        | SecretKeys.Missing
        | Unknown e) {
      trail.end(entry, AuditNote.NONE, "refused");
      throw e;
    }
  }

  private static String by() {
    return LocalAccess.caller().name();
  }

  @Override
  public List<KindView> kinds() {
    return book.kinds().stream().map(KindView::of).toList();
  }

  @Override
  public List<ChannelView> channels() {
    return book.list();
  }

  @Override
  public ChannelView add(ChannelBody body) {
    return audited("channel.create", null, () -> book.add(by(), body), ChannelView::name);
  }

  @Override
  public ChannelView change(String id, ChannelChange change) {
    return audited("channel.change", id, () -> book.change(by(), id, change), ChannelView::name);
  }

  @Override
  public void delete(String id) {
    String _ = audited("channel.delete", id, () -> book.delete(by(), id), name -> name);
  }

  @Override
  public DeliveryView test(String id) {
    return DeliveryView.of(audited("channel.test", id, () -> book.test(id), Delivery::channelId));
  }

  @Override
  public boolean isSending() {
    return false;
  }

  @Override
  public List<DeliveryView> deliveries(
      int limit, @Nullable String channelId, @Nullable String state) {
    Delivery.State wanted = state == null ? null : Delivery.State.parse(state);
    return deliveries.list(limit, Long.MAX_VALUE, channelId, wanted, null).stream()
        .map(DeliveryView::of)
        .toList();
  }

  @Override
  public DeliveryView delivery(String id) {
    return DeliveryView.of(found(id));
  }

  private Delivery found(String id) {
    return deliveries.find(id).orElseThrow(() -> new Unknown("message", id));
  }

  @Override
  public DeliveryView resend(String id) {
    return DeliveryView.of(audited("delivery.resend", id, () -> resent(id), Delivery::id));
  }

  private Delivery resent(String id) {
    Delivery had = found(id);
    if (!deliveries.resend(id)) {
      throw new WrongInput(
          "the message is %s, or its channel was deleted: only one that is dead or accepted can be sent again"
              .formatted(had.state().word()));
    }
    return found(id);
  }

  @Override
  public int resendAll(String channelId) {
    return audited(
        "channel.resend", channelId, () -> deliveries.resendAll(channelId), _ -> channelId);
  }
}
