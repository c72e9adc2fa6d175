const absent = () => {
  throw new Error('Not judged here.');
};

export const convertDcqlQueryToDeviceRequest = absent;
export const convertPresentationDefinitionToDeviceRequest = absent;
