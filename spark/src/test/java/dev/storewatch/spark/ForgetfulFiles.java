package dev.storewatch.spark;

import java.net.URI;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Files of this machine, for which there is never enough memory: `forgetful:///a/file`. */
public final class ForgetfulFiles extends RawLocalFileSystem {
  static final String SCHEME = "forgetful";

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FSDataInputStream open(Path file, int buffer) {
    throw new OutOfMemoryError("Java heap space");
  }
}
