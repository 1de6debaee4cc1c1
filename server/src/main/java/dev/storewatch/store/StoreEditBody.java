package dev.storewatch.store;

import dev.storewatch.entry.StoreIds;
import dev.storewatch.input.WrongInput;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * What a request says about a store that may be there: which fields it has, besides what they say.
 * A field that is left out says nothing; null says that there is nothing.
 *
 * @param body the fields that can be set
 * @param json all fields, as they were sent
 */
@JsonDeserialize(using = StoreEditBody.Reader.class)
record StoreEditBody(StoreBody body, JsonNode json) {
  private static final Map<String, StorePart> PARTS =
      Map.of(
          "name", StorePart.NAME,
          "zone", StorePart.ZONE,
          "hours", StorePart.HOURS,
          "later_hours", StorePart.LATER_HOURS,
          "tags", StorePart.TAGS);

  /** The fields that say that a part is flagged, by part. */
  private static final Map<StorePart, String> FLAGS =
      Map.of(StorePart.ZONE, "zone_flagged_since", StorePart.HOURS, "hours_flagged_since");

  /** A reader that keeps which fields were there: a record cannot tell null from nothing. */
  static final class Reader extends ValueDeserializer<StoreEditBody> {
    @Override
    public StoreEditBody deserialize(JsonParser parser, DeserializationContext context) {
      JsonNode json = context.readTree(parser);
      return new StoreEditBody(context.readTreeAsValue(json, StoreBody.class), json);
    }
  }

  /**
   * Returns what is said about the store of an id.
   *
   * @throws IllegalArgumentException if something is invalid, or the body is about another store
   */
  StoreEdit read(String id) {
    requireSameStore(id);
    Set<StorePart> said = EnumSet.noneOf(StorePart.class);
    Set<StorePart> shown = EnumSet.noneOf(StorePart.class);
    PARTS.forEach(
        (field, part) -> {
          if (json.has(field)) {
            said.add(part);
          }
          String flag = FLAGS.get(part);
          if (flag != null && json.hasNonNull(flag)) {
            shown.add(part);
          }
        });
    if (!body.saysUndated()) {
      said.remove(StorePart.HOURS);
    }
    return new StoreEdit(body.read(), said, shown);
  }

  /** What was shown of one store must not be written over another by a slip in the path. */
  private void requireSameStore(String id) {
    @Nullable JsonNode named = json.get("store_id");
    if (named != null
        && !named.isNull()
        && !StoreIds.stripped(named.asString("")).equals(StoreIds.stripped(id))) {
      throw new WrongInput(
          "store_id is %s, and the path names the store %s: send to the path of the store that is meant, since ids cannot be changed"
              .formatted(named, id));
    }
  }
}
