/** Whether somebody is looking: a window behind another one can be seen in part, and is not read. */
export const looksOn = () => !document.hidden && document.hasFocus();
