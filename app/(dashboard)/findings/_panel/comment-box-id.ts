/** The box to comment in, for the key that leads there. */
export const commentBoxId = "comment-box";
