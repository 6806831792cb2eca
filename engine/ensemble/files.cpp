// Files by POSIX calls, which tell why they fail and can take space in advance.
#include "ensemble/files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace partnersim {
namespace {

std::string sentence(std::string_view doing, const std::filesystem::path& path,
                     std::string_view why) {
  std::string text(doing);
  return text.append(" ").append(path.string()).append(": ").append(why);
}

int open_file(const std::filesystem::path& path, int flags) {
  int handle = -1;
  do {
    handle = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
  } while (handle < 0 && errno == EINTR);
  return handle;
}

}  // namespace

FileError::FileError(std::string_view doing, std::filesystem::path path, std::string_view why)
    : std::runtime_error(sentence(doing, path, why)), path_(std::move(path)) {}

FileError::FileError(std::string_view doing, std::filesystem::path path, int error)
    : FileError(doing, std::move(path), std::generic_category().message(error)) {}

File::File(const std::filesystem::path& path, Mode mode)
    : handle_(open_file(path, mode == Mode::read ? O_RDONLY : O_RDWR)), path_(path) {
  if (handle_ < 0) throw FileError("cannot open", path, errno);
  struct stat status {};
  const bool regular = ::fstat(handle_, &status) == 0 && S_ISREG(status.st_mode);
  if (!regular) {
    ::close(handle_);
    throw FileError("cannot open", path, "it is not a file");
  }
}

File File::create(const std::filesystem::path& path) {
  const int handle = open_file(path, O_RDWR | O_CREAT | O_EXCL);
  if (handle < 0) throw FileError("cannot create", path, errno);
  return {handle, path};
}

File::~File() {
  if (handle_ >= 0) ::close(handle_);
}

File::File(File&& other) noexcept
    : handle_(std::exchange(other.handle_, -1)), path_(std::move(other.path_)) {}

File& File::operator=(File&& other) noexcept {
  std::swap(handle_, other.handle_);
  std::swap(path_, other.path_);
  return *this;
}

std::uint64_t File::size() const {
  struct stat status {};
  if (::fstat(handle_, &status) != 0) throw FileError("cannot read", path_, errno);
  return static_cast<std::uint64_t>(status.st_size);
}

std::size_t File::read(std::uint64_t offset, void* data, std::size_t bytes) const {
  std::size_t done = 0;
  while (done < bytes) {
    const ssize_t n = ::pread(handle_, static_cast<char*>(data) + done, bytes - done,
                              static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw FileError("cannot read", path_, errno);
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  return done;
}

void File::write(std::uint64_t offset, const void* data, std::size_t bytes) {
  std::size_t done = 0;
  while (done < bytes) {
    const ssize_t n = ::pwrite(handle_, static_cast<const char*>(data) + done, bytes - done,
                               static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw FileError("cannot write", path_, errno);
    if (n == 0) throw FileError("cannot write", path_, ENOSPC);
    done += static_cast<std::size_t>(n);
  }
}

void File::reserve(std::uint64_t bytes) {
  if (bytes <= size()) return;
  int result = -1;
  do {
    result = ::fallocate(handle_, 0, 0, static_cast<off_t>(bytes));
  } while (result != 0 && errno == EINTR);
  if (result == 0) return;
  // A file system that cannot promise space still gives the size.
  if (errno != EOPNOTSUPP && errno != ENOSYS) throw FileError("cannot write", path_, errno);
  resize(bytes);
}

void File::resize(std::uint64_t bytes) {
  if (::ftruncate(handle_, static_cast<off_t>(bytes)) != 0) {
    throw FileError("cannot write", path_, errno);
  }
}

void File::flush() {
  if (::fsync(handle_) != 0) throw FileError("cannot write", path_, errno);
}

bool File::lock() {
  // Some network file systems have no locks; then nobody is known to hold it.
  return ::flock(handle_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

void write_file_atomically(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::path beside = path;
  beside.replace_filename("." + path.filename().string() + ".part" + std::to_string(::getpid()));
  ::unlink(beside.c_str());  // of an earlier process with our number that was killed
  try {
    File file = File::create(beside);
    file.write(0, bytes.data(), bytes.size());
    file.flush();
    if (::rename(beside.c_str(), path.c_str()) != 0) throw FileError("cannot write", path, errno);
  } catch (const FileError& error) {
    ::unlink(beside.c_str());
    // People know the file by its own name.
    if (error.path() == path) throw;
    const std::string_view text = error.what();
    throw FileError("cannot write", path, text.substr(text.rfind(": ") + 2));
  }
}

std::string read_file(const std::filesystem::path& path) {
  const File file(path, File::Mode::read);
  std::string bytes(file.size(), '\0');
  bytes.resize(file.read(0, bytes.data(), bytes.size()));
  return bytes;
}

void make_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) throw FileError("cannot create", path, error.value());
}

}  // namespace partnersim
