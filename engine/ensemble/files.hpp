// Files as the results need them: whole reads and writes at a position, and whole files that appear
// under their name complete or not at all. Faults of the disk are a FileError: one sentence with
// the path.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace partnersim {

/// "cannot write results/x/runs.csv: No space left on device"
class FileError : public std::runtime_error {
 public:
  FileError(std::string_view doing, std::filesystem::path path, std::string_view why);
  /// With the system's words for an errno.
  FileError(std::string_view doing, std::filesystem::path path, int error);
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// An open file. All members throw FileError.
class File {
 public:
  enum class Mode { read, update };

  /// Opens an existing file.
  File(const std::filesystem::path& path, Mode mode);
  /// Makes a new file; an existing one is an error.
  static File create(const std::filesystem::path& path);
  ~File();
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;

  const std::filesystem::path& path() const { return path_; }
  std::uint64_t size() const;

  /// Reads up to `bytes`; fewer only at the end of the file.
  std::size_t read(std::uint64_t offset, void* data, std::size_t bytes) const;
  void write(std::uint64_t offset, const void* data, std::size_t bytes);

  /// Takes the space now, so that a full disk is found before the work is done.
  void reserve(std::uint64_t bytes);
  void resize(std::uint64_t bytes);
  void flush();  // onto the disk
  /// False when another process holds it; released when the file is closed.
  bool lock();

 private:
  File(int handle, std::filesystem::path path) : handle_(handle), path_(std::move(path)) {}

  int handle_ = -1;
  std::filesystem::path path_;
};

/// The file appears under its name complete, or stays as it was: a temporary file beside it is
/// written, flushed and renamed, and removed when that fails.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

std::string read_file(const std::filesystem::path& path);

/// The folder and those above it.
void make_folder(const std::filesystem::path& path);

}  // namespace partnersim
