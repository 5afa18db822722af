//! The numbers that the system has for what `fs` asks of it: `fs.constants`.

use boa_engine::{Context, JsObject, JsResult, JsValue, js_string};

use crate::js::interface::set_field;

/// As Node has them, in its order. Those of libuv are the same everywhere.
const CONSTANTS: &[(&str, u32)] = &[
    ("UV_FS_SYMLINK_DIR", 1),
    ("UV_FS_SYMLINK_JUNCTION", 2),
    ("O_RDONLY", libc::O_RDONLY.cast_unsigned()),
    ("O_WRONLY", libc::O_WRONLY.cast_unsigned()),
    ("O_RDWR", libc::O_RDWR.cast_unsigned()),
    ("UV_DIRENT_UNKNOWN", 0),
    ("UV_DIRENT_FILE", 1),
    ("UV_DIRENT_DIR", 2),
    ("UV_DIRENT_LINK", 3),
    ("UV_DIRENT_FIFO", 4),
    ("UV_DIRENT_SOCKET", 5),
    ("UV_DIRENT_CHAR", 6),
    ("UV_DIRENT_BLOCK", 7),
    ("S_IFMT", libc::S_IFMT),
    ("S_IFREG", libc::S_IFREG),
    ("S_IFDIR", libc::S_IFDIR),
    ("S_IFCHR", libc::S_IFCHR),
    ("S_IFBLK", libc::S_IFBLK),
    ("S_IFIFO", libc::S_IFIFO),
    ("S_IFLNK", libc::S_IFLNK),
    ("S_IFSOCK", libc::S_IFSOCK),
    ("O_CREAT", libc::O_CREAT.cast_unsigned()),
    ("O_EXCL", libc::O_EXCL.cast_unsigned()),
    ("UV_FS_O_FILEMAP", 0),
    ("O_NOCTTY", libc::O_NOCTTY.cast_unsigned()),
    ("O_TRUNC", libc::O_TRUNC.cast_unsigned()),
    ("O_APPEND", libc::O_APPEND.cast_unsigned()),
    ("O_DIRECTORY", libc::O_DIRECTORY.cast_unsigned()),
    ("O_NOATIME", libc::O_NOATIME.cast_unsigned()),
    ("O_NOFOLLOW", libc::O_NOFOLLOW.cast_unsigned()),
    ("O_SYNC", libc::O_SYNC.cast_unsigned()),
    ("O_DSYNC", libc::O_DSYNC.cast_unsigned()),
    ("O_DIRECT", libc::O_DIRECT.cast_unsigned()),
    ("O_NONBLOCK", libc::O_NONBLOCK.cast_unsigned()),
    ("S_IRWXU", libc::S_IRWXU),
    ("S_IRUSR", libc::S_IRUSR),
    ("S_IWUSR", libc::S_IWUSR),
    ("S_IXUSR", libc::S_IXUSR),
    ("S_IRWXG", libc::S_IRWXG),
    ("S_IRGRP", libc::S_IRGRP),
    ("S_IWGRP", libc::S_IWGRP),
    ("S_IXGRP", libc::S_IXGRP),
    ("S_IRWXO", libc::S_IRWXO),
    ("S_IROTH", libc::S_IROTH),
    ("S_IWOTH", libc::S_IWOTH),
    ("S_IXOTH", libc::S_IXOTH),
    ("F_OK", libc::F_OK.cast_unsigned()),
    ("R_OK", libc::R_OK.cast_unsigned()),
    ("W_OK", libc::W_OK.cast_unsigned()),
    ("X_OK", libc::X_OK.cast_unsigned()),
    ("UV_FS_COPYFILE_EXCL", 1),
    ("COPYFILE_EXCL", 1),
    ("UV_FS_COPYFILE_FICLONE", 2),
    ("COPYFILE_FICLONE", 2),
    ("UV_FS_COPYFILE_FICLONE_FORCE", 4),
    ("COPYFILE_FICLONE_FORCE", 4),
];

/// `constants()`: an object without a prototype.
pub(super) fn constants(_: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let object = JsObject::with_null_proto();
    for (name, value) in CONSTANTS {
        set_field(&object, js_string!(*name), *value);
    }
    Ok(object.into())
}
